/// A code that WeChat gave an app: a credential to hand to the server, which exchanges it for the user.
///
/// It is valid once, for a few minutes. It has no description and its mirror is empty, so that neither interpolation nor
/// `dump` nor a log line shows it; ``value`` does.
public struct WeChatCode: Sendable, CustomReflectable {
    /// The longest code, in bytes.
    public static let maximumLength = 512

    /// The code itself: 1 to ``maximumLength`` visible ASCII characters.
    public let value: String

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// Nil unless the text is 1 to ``maximumLength`` visible ASCII characters, as every code is.
    init?(_ value: String) {
        guard (1...Self.maximumLength).contains(value.utf8.count),
            value.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        self.value = value
    }
}
