import CProcessShims

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A program that this process starts and leaves to itself. It inherits nothing but environment variables.
///
/// With Foundation's `Process` it would inherit the calling thread's signal mask and the signals that this process
/// ignores, and a browser would not end at `SIGTERM`.
struct ChildProcess: Sendable {
    private let id: pid_t

    /// Starts a program, without input and output; nil if that is not possible.
    ///
    /// - Parameters:
    ///   - program: Its name, to be found along this process's `PATH`.
    ///   - arguments: What follows its name.
    ///   - variables: Its environment.
    init?(_ program: String, _ arguments: [String], variables: [String: String]) {
        var actions = posix_spawn_file_actions_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { posix_spawn_file_actions_destroy(&actions) }
        var attributes = posix_spawnattr_t()
        guard posix_spawnattr_init(&attributes) == 0 else { return nil }
        defer { posix_spawnattr_destroy(&attributes) }

        for descriptor in CInt(0)...2 {
            guard posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0) == 0 else {
                return nil
            }
        }
        guard processshim_close_from(&actions, 3) == 0, Self.resetSignals(in: &attributes) else { return nil }
        let id = Self.withCStrings([program] + arguments) { arguments in
            Self.withCStrings(variables.map { "\($0.key)=\($0.value)" }) { environment in
                var id = pid_t()
                return posix_spawnp(&id, program, &actions, &attributes, arguments, environment) == 0 ? id : nil
            }
        }
        guard let id else { return nil }
        self.id = id
    }

    /// Waits for its end.
    func wait() {
        while waitpid(id, nil, 0) < 0, errno == EINTR {}
    }

    /// Gives all signals their defaults and blocks none (posix_spawnattr_setsigdefault(3)).
    private static func resetSignals(in attributes: inout posix_spawnattr_t) -> Bool {
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        // These cannot be set.
        for signal in [SIGKILL, SIGSTOP] { sigdelset(&all, signal) }
        return posix_spawnattr_setsigmask(&attributes, &none) == 0
            && posix_spawnattr_setsigdefault(&attributes, &all) == 0
            && posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)) == 0
    }

    private static func withCStrings<Result>(
        _ texts: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }
}
