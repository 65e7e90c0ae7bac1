"""An index in Milvus, which many servers can ask: https://milvus.io."""
