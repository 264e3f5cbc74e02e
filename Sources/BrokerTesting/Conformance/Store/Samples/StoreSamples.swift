/// Texts that a careless store alters.
enum StoreSamples {
    static let texts = [
        "", "微信 · Müller · 👩🏽‍💻 · עברית", "'; DROP TABLE account; --", "\"double\" and \\back\\slash", "\\0", "{}",
        "%s %d $1 ?1 :name", "{one,NULL,\"two\"}", "NUL\u{0}in the middle", "\u{0}", "caf\u{E9}", "cafe\u{301}",
        "\u{212B}\u{FEFF}\u{200B}", "line\nfeed\r\n\ttab", "\u{10FFFD}\u{7F}\u{1}", " padded ", "NULL",
        String(repeating: "0123456789abcdef", count: 4_096),
    ]
}
