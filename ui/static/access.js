// Whoever was signed in and is not any more is led to where one signs in: a request that failed may have failed
// for that. What was asked is kept by the browser, and is there again afterwards.
"use strict";

document.addEventListener("sstc:failed", async () => {
  try {
    const page = await fetch(location.href, { method: "HEAD", redirect: "manual", cache: "no-store" });
    if (page.type === "opaqueredirect") location.reload();
  } catch {
    // The server is gone, which whoever waits for it is told.
  }
});
