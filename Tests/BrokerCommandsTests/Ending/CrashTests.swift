import Testing

@Suite("A service that crashes", .timeLimit(.minutes(5)))
struct CrashTests {
    /// Starts a service with these environment variables, and runs the commands with its `$process` and `$port`.
    ///
    /// - Returns: The lines that they print.
    private func serve(variables: [String: String] = [:], _ commands: String) async throws -> [String] {
        try await outcome(variables: variables, commands)
            .output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private func outcome(
        variables: [String: String] = [:], _ commands: String
    ) async throws -> BrokerProcess.Outcome {
        let workspace = try Workspace()
        let path = try workspace.configuration(
            document: """
                stores: { kind: memory }
                server:
                  listen: 127.0.0.1:0
                  issuer: http://127.0.0.1:8080
                  keyEncryptionKey: { literal: key-encryption-key-1f0c8a5d-58d1f2ab }
                clients:
                  app: { secret: { literal: client-secret-77aa0c91d5-58d1f2ab11 }, audiences: [https://api.example.com] }
                """)
        // With job control, so that the job does not ignore SIGQUIT.
        return try await BrokerProcess.shell(
            program: """
                set -m
                ulimit -S -c unlimited
                mkfifo report
                \(BrokerProcess.path) serve --config \(path) --format json --log-level critical \
                    >report 2>error </dev/null &
                process=$!
                exec 3<report
                read -r line <&3
                port=$(printf %s "$line" | sed 's/.*"port":\\([0-9]*\\).*/\\1/')
                \(commands)
                """,
            in: workspace.directory,
            variables: variables
        )
    }

    /// Which of the signals SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE and SIGSEGV have a handler (proc(5), `SigCgt`).
    private static let handled = """
        caught=$(sed -n 's/^SigCgt:\t//p' /proc/$process/status)
        printf '%x\n' $((0x$caught & 0x4fc))
        """

    @Test("Ends at once with its signal, frees its port, and prints nothing", arguments: [3, 11])
    func gone(signal: Int) async throws {
        let lines = try await serve(
            """
            exec 4<>/dev/tcp/127.0.0.1/$port && echo open; exec 4>&-
            kill -\(signal) $process
            wait $process; echo $?
            (exec 4<>/dev/tcp/127.0.0.1/$port) 2>/dev/null || echo free
            wc -c <error
            """)
        #expect(lines == ["open", "\(128 + signal)", "free", "0", ""])
    }

    @Test("Has no crash handler of the runtime")
    func handlers() async throws {
        let lines = try await serve("\(Self.handled); kill -KILL $process; wait $process")
        #expect(lines == ["0", ""])
    }

    @Test(
        "Prevents core dumps to files and programs, even if permitted",
        arguments: [
            // With a limit of 0 the kernel would still write to a pipe (core(5)).
            ("prlimit --core --output SOFT --noheadings --pid $process", [:]),
            // Even if the limit is raised again, or is one that the process may not raise.
            ("prlimit --core=$(prlimit --core --output HARD --noheadings --raw): --pid $process && echo 1", [:]),
            ("prlimit --core=0 --pid $process && echo 1", [:]),
            // And by its limit alone.
            ("echo 1", ["SWIFT_BACKTRACE": "enable=no"]),
        ] as [(String, [String: String])])
    func core(prepare: String, variables: [String: String]) async throws {
        let outcome = try await outcome(
            variables: variables, "\(prepare); kill -SEGV $process; wait $process; echo $?")
        #expect(outcome.output.split(whereSeparator: \.isWhitespace) == ["1", "139"])
        // From wait(2) (WCOREDUMP), whatever kernel.core_pattern is.
        #expect(outcome.error.contains("Segmentation fault"), "\(outcome.error)")
        #expect(!outcome.error.contains("core dumped"), "\(outcome.error)")
    }

    @Test("Keeps libcurl from writing connection keys, whatever the environment says")
    func keyLog() async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.shell(
            program: "\(BrokerProcess.path) login wxapp --sandbox >output 2>error; echo $?; ls",
            in: workspace.directory, variables: ["SSLKEYLOGFILE": "keys"])
        #expect(outcome.output == "0\nerror\noutput\n")
    }

    @Test("Keeps the runtime's handlers if the environment asks for them")
    func asked() async throws {
        let lines = try await serve(
            variables: ["SWIFT_BACKTRACE": "enable=yes"], "\(Self.handled); kill -KILL $process; wait $process")
        #expect(lines == ["4fc", ""])
    }
}
