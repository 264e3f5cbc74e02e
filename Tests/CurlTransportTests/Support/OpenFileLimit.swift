#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many files this process may have open.
enum OpenFileLimit {
    /// Raises the limit as far as is needed. Returns whether that many are allowed now.
    static func raise(to needed: rlim_t) -> Bool {
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
        #else
            let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return false }
        guard limit.rlim_cur < needed else { return true }
        limit.rlim_cur = min(needed, limit.rlim_max)
        return limit.rlim_cur == needed && setrlimit(resource, &limit) == 0
    }
}
