#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Absolute paths without links and dots, which can be compared.
enum CanonicalPath {
    /// The canonical path of an existing file; nil if there is none.
    static func of(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The relative path from one canonical path to another.
    static func relative(_ path: String, to directory: String) -> String {
        let (target, base) = (path.split(separator: "/"), directory.split(separator: "/"))
        let shared = zip(target, base).prefix { $0 == $1 }.count
        let steps = base.dropFirst(shared).map { _ in ".." } + target.dropFirst(shared)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }
}
