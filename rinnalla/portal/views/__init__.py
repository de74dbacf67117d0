"""The client's pages, and the page on which a worker opens them."""
