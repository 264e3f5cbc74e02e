#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many files and sockets the process may have open, and has.
package enum DescriptorLimit {
    /// The limit that holds now (`RLIMIT_NOFILE`); nil where the system does not say.
    package static var current: Int? {
        limits.map { Int(clamping: $0.rlim_cur) }
    }

    /// How many descriptors are open.
    package static var inUse: Int { listed ?? counted(below: current ?? mostCounted) }

    /// How many the system lists; nil where it has no list, or no descriptor left to read it with.
    private static var listed: Int? {
        #if os(Linux)
            let path = "/proc/self/fd"
        #else
            let path = "/dev/fd"
        #endif
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var count = 0
        while let entry = readdir(directory) {
            // Those that begin with a dot are the directory itself and its parent.
            if entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { count += 1 }
        }
        // Looking took one.
        return count - 1
    }

    /// How many there are below a limit, found without a descriptor: each is asked for.
    static func counted(below limit: Int) -> Int {
        (0..<CInt(min(limit, mostCounted))).count { fcntl($0, F_GETFD) != -1 }
    }

    /// The system gives the lowest descriptor that is free, so that few are beyond this.
    private static let mostCounted = 65_536

    /// Raises the limit as far as the system allows without privileges.
    package static func raise() {
        guard var limits, limits.rlim_cur < limits.rlim_max else { return }
        limits.rlim_cur = limits.rlim_max
        // Where that fails the old limit holds, and fewer connections are taken.
        _ = setrlimit(resource, &limits)
    }

    private static var limits: rlimit? {
        var limits = rlimit()
        return getrlimit(resource, &limits) == 0 ? limits : nil
    }

    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
