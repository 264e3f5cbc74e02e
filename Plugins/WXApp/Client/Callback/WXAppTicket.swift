/// The ticket of a user who signed in: the credential to hand to the server, which exchanges it for the identity.
///
/// Valid for two minutes by default (GenAuth, "Getting User Information"). It has no description and its mirror is
/// empty, so that neither interpolation nor `dump` nor a log line shows it; ``value`` does.
public struct WXAppTicket: Sendable, CustomReflectable {
    /// The ticket itself: one or more visible ASCII characters.
    public let value: String

    /// A mirror without children.
    public var customMirror: Mirror {
        Mirror(self, children: [:])
    }

    /// Nil unless the text is one or more visible ASCII characters, as every ticket is.
    init?(_ value: String) {
        guard !value.isEmpty, value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self.value = value
    }
}
