import Hummingbird

extension Request {
    /// Whether the path has its canonical spelling: without empty segments, inside or at its end.
    var hasCanonicalPath: Bool {
        let path = (head.path ?? "/").prefix { $0 != "?" }
        return path == "/" || !(path.hasSuffix("/") || path.contains("//"))
    }
}
