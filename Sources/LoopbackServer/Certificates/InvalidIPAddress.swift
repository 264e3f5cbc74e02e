/// A text that was to be an IP address and is none.
public struct InvalidIPAddress: Error, Sendable, Hashable {
    /// The text.
    public let text: String
}
