### Inline mode: @bot in any chat.

inline-nothing = Nothing found. Ask me directly
