import BrokerTesting
import Foundation
import LoopbackServer
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// What happens to a command whose result is lost.
@Suite("Lost output", .timeLimit(.minutes(15)))
struct LostOutputTests {
    /// Shell redirections to a standard output that accepts nothing.
    static let lost = [">/dev/full", ">&-", ">&4"]

    @Test("of a login is a failure that says that the ticket is spent", arguments: lost)
    func login(_ redirection: String) async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.shell(
            "login wxapp --sandbox --format json", redirection, in: workspace.directory)
        #expect(outcome.status == 70, "\(outcome.error)")
        #expect(outcome.output.isEmpty)
        let failure = try #require(outcome.failure)
        #expect(failure["kind"] as? String == "internal_error")
        #expect(failure["credential"] as? String == "spent")
        #expect(failure["provider"] as? String == "wxapp")
        #expect((failure["message"] as? String)?.hasPrefix("The result cannot be written to standard output: ") == true)
    }

    static let commands = [
        "--help", "--version", "login --help", "config schema", "config check", "providers", "providers describe wxapp",
        "launch wxapp", "store prepare", "sandbox", "serve --sandbox",
    ]

    @Test("of any other command is a failure, too", arguments: commands)
    func others(_ command: String) async throws {
        let workspace = try Workspace()
        _ = try workspace.configuration(document: try Self.document())
        let outcome = try await BrokerProcess.shell(
            command, ">/dev/full", in: workspace.directory, variables: ["BROKER_CONFIG": "broker.yaml"])
        #expect(outcome.status == 70, "\(outcome.error)")
        #expect(outcome.error.contains("No space left on device"))
    }

    @Test("on standard error does not change the status", arguments: ["2>/dev/full", "2>&-", "2>&4"])
    func standardError(_ redirection: String) async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.shell("login nobody --ticket x", redirection, in: workspace.directory)
        #expect(outcome.status == 78)
    }

    @Test("does not occur with a slow reader and a non-blocking pipe")
    func slowReader() async throws {
        let workspace = try Workspace()
        let script = """
            import os, subprocess, sys, time
            read, write = os.pipe()
            os.set_blocking(write, False)
            os.write(write, b"x" * 65536)
            process = subprocess.Popen([sys.argv[1], "config", "schema"], stdout=write)
            os.close(write)
            time.sleep(0.5)
            text = b""
            while chunk := os.read(read, 4096): text += chunk
            print(process.wait(), text.lstrip(b"x")[-2:])
            """
        let path = try workspace.write(script, to: "slow.py")
        let outcome = try await BrokerProcess.shell(
            program: "python3 \(path) \(BrokerProcess.path.string)", in: workspace.directory)
        #expect(outcome.output == "0 b'}\\n'\n", "\(outcome.error)")
    }

    /// A full pipe whose reader does not read.
    private static let stalled = """
        import os, signal, subprocess, sys, time
        read, write = os.pipe()
        os.set_blocking(write, False)
        try:
            while True: os.write(write, b"x" * 4096)
        except BlockingIOError: os.set_blocking(write, True)
        core = str(min(os.sched_getaffinity(0)))

        """

    @Test("to a stalled reader can be interrupted, even on a machine with one core")
    func stalledOutput() async throws {
        let workspace = try Workspace()
        let script =
            Self.stalled + """
                process = subprocess.Popen(["taskset", "-c", core, sys.argv[1], "config", "schema"], stdout=write)
                while os.readlink(f"/proc/{process.pid}/exe") != sys.argv[1]: time.sleep(0.01)
                def waits():
                    # write(2) to standard output, by its number on x86-64 or else
                    tasks = f"/proc/{process.pid}/task"
                    for task in os.listdir(tasks):
                        # A thread may end between the listing and the reading.
                        try: call = open(f"{tasks}/{task}/syscall").read().split()[:2]
                        except OSError: continue
                        if call in (["1", "0x1"], ["64", "0x1"]): return True
                    return False
                while not waits(): time.sleep(0.01)
                for _ in range(2): process.send_signal(signal.SIGINT); time.sleep(0.2)
                print(process.wait())
                """
        let path = try workspace.write(script, to: "stalled.py")
        let outcome = try await BrokerProcess.shell(
            program: "python3 \(path) \(BrokerProcess.path.string)", in: workspace.directory,
            // Otherwise only root may see what the process waits for.
            variables: ["SWIFT_BACKTRACE": "enable=no"])
        #expect(outcome.output == "130\n", "\(outcome.error)")
    }

    @Test("on a stalled standard error keeps no process from ending")
    func stalledError() async throws {
        let workspace = try Workspace()
        let script =
            Self.stalled + """
                print(subprocess.run([sys.argv[1], "login", "nobody", "--ticket", "x"], stderr=write).returncode)
                """
        let path = try workspace.write(script, to: "stalled.py")
        let outcome = try await BrokerProcess.shell(
            program: "python3 \(path) \(BrokerProcess.path.string)", in: workspace.directory)
        #expect(outcome.output == "78\n", "\(outcome.error)")
    }

    private static func document() throws -> String {
        """
        server: { listen: "127.0.0.1:\(try ReservedPort().number)", keyEncryptionKey: { literal: "a key encryption key, for a test" } }
        clients: { app: { secret: { literal: "a client secret of a test" }, audiences: ["https://api.example.com"] } }
        stores: { kind: memory }
        """
    }
}
