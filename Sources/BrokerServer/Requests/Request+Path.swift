import Hummingbird

extension Request {
    /// Whether the path is spelled the one way that leads somewhere: without empty segments, at its end or within.
    var hasCanonicalPath: Bool {
        let path = (head.path ?? "/").prefix { $0 != "?" }
        return path == "/" || !(path.hasSuffix("/") || path.contains("//"))
    }
}
