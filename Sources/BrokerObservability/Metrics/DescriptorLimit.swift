#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many file descriptors the process may have open, and how many it has.
package enum DescriptorLimit {
    /// The current limit (`RLIMIT_NOFILE`); nil if the system does not report it.
    package static var current: Int? {
        limits.map { Int(clamping: $0.rlim_cur) }
    }

    /// The number of open descriptors.
    package static var inUse: Int { listed ?? counted(below: current ?? mostCounted) }

    /// The number that the system lists; nil if it has no such list, or no free descriptor to read it with.
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
            // Names that begin with a dot are the directory itself and its parent.
            if entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { count += 1 }
        }
        // One is the descriptor that reads the list.
        return count - 1
    }

    /// The number of open descriptors below a limit, found by probing each; this needs no free descriptor.
    static func counted(below limit: Int) -> Int {
        (0..<CInt(min(limit, mostCounted))).count { fcntl($0, F_GETFD) != -1 }
    }

    /// The system hands out the lowest free descriptor, so few are above this.
    private static let mostCounted = 65_536

    /// Raises the limit as far as the system allows without privileges.
    package static func raise() {
        guard var limits, limits.rlim_cur < limits.rlim_max else { return }
        limits.rlim_cur = limits.rlim_max
        // If that fails, the old limit stays and fewer connections are accepted.
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
