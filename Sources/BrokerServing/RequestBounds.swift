/// How much of a request is read.
public struct RequestBounds: Sendable, Hashable {
    /// The longest body, in bytes; 64 KiB by default.
    public var bodySize: Int
    /// How long a body may take to arrive; 10 seconds by default.
    public var bodyTime: Duration

    /// Makes bounds.
    public init(bodySize: Int = 64 * 1024, bodyTime: Duration = .seconds(10)) {
        self.bodySize = bodySize
        self.bodyTime = bodyTime
    }
}
