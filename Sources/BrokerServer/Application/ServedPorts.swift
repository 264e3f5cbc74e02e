/// The ports that a service listens on.
public struct ServedPorts: Sendable, Hashable {
    /// The port for clients.
    public let service: Int
    /// The port of the separate listener for health and metrics; nil if there is none.
    public let operations: Int?
}
