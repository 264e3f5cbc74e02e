/// The ports that a service listens on.
public struct ServedPorts: Sendable, Hashable {
    /// Where clients are served.
    public let service: Int
    /// Where health and metrics have a listener of their own; nil where they have none.
    public let operations: Int?
}
