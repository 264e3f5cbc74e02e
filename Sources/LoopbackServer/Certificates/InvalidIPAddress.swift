/// A text that should be an IP address but is not.
public struct InvalidIPAddress: Error, Sendable, Hashable {
    /// The text.
    public let text: String
}
