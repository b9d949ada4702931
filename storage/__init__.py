"""What Svodka remembers: the nouns, the ports and the database behind them."""
