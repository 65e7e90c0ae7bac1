"""What several tests of the ways into applications of Gradio name."""

from __future__ import annotations

HOSTILE = "https://hostile.example"
API = "/en/gradio_api"
CLOSED = {
    "monitoring": ("/en/monitoring", f"{API}/monitoring", "/en/monitoring/x", f"{API}/monitoring/summary"),
    "signing in": ("/en/login", f"{API}/login", "/en/token", f"{API}/token", "/en/login_check", "/en/user"),
    "flagging": (f"{API}/flag", f"{API}/api/flag", f"{API}/run/flag", f"{API}/call/flag", f"{API}/deep_link"),
    "uploads": (f"{API}/upload", f"{API}/upload_progress", "/en/upload", "/upload"),
}
