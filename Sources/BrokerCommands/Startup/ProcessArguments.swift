import IdentityBroker

/// The arguments of this process.
enum ProcessArguments {
    /// The arguments after the program's name.
    ///
    /// The statically linked runtime finds them by their place before the environment, and finds none if a preloaded
    /// library has changed the environment. The kernel still knows them (proc_pid_cmdline(5)).
    static var current: [String] {
        let found = CommandLine.arguments
        #if os(Linux)
            if found.isEmpty, let reader = try? FileDescriptorReader(path: "/proc/self/cmdline"),
                let bytes = try? reader.read(atMost: mostBytes), let arguments = arguments(in: bytes)
            {
                return arguments
            }
        #endif
        return Array(found.dropFirst())
    }

    /// More than the kernel allows with the default stack limit (execve(2)).
    private static let mostBytes = 16 * 1024 * 1024

    /// Parses texts that each end with a null byte, the first of which is the program's name; nil if there is none.
    static func arguments(in bytes: [UInt8]) -> [String]? {
        guard bytes.last == 0 else { return nil }
        return bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false).dropFirst()
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
