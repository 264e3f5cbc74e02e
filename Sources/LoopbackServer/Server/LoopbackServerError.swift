/// Why a wait for the server's traffic failed.
public enum LoopbackServerError: Error, Sendable, Hashable {
    /// The server stopped before the awaited event.
    case stopped
}
