/// Why a wait for the server's traffic came to nothing.
public enum LoopbackServerError: Error, Sendable, Hashable {
    /// The server stopped before what was waited for had come.
    case stopped
}
