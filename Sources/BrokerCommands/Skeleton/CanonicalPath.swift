#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Absolute paths without links and dots, of which one can be told from another.
enum CanonicalPath {
    /// The canonical path of what is there; nil where nothing is.
    static func of(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// How one canonical path is reached from another.
    static func relative(_ path: String, to directory: String) -> String {
        let (target, base) = (path.split(separator: "/"), directory.split(separator: "/"))
        let shared = zip(target, base).prefix { $0 == $1 }.count
        let steps = base.dropFirst(shared).map { _ in ".." } + target.dropFirst(shared)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }
}
