"""Acts of clients and of those who open the page for them."""
