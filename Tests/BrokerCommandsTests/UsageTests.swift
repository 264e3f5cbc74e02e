import ArgumentParser
import Foundation
import IdentityBroker
import Testing

@testable import BrokerCommands

@Suite("A wrong command line")
struct UsageTests {
    static let wrong: [[String]] = [
        ["login"],
        ["login", "wxapp"],
        ["login", "wxapp", "--ticket", "a", "--sandbox"],
        ["login", "wxapp", "--ticket", "a", "--callback", "code=200"],
        ["login", "wxapp", "--callback", "code=200", "--sandbox"],
        ["login", "wxapp", "--ticket", "a", "--ticket", "b"],
        ["login", "wxapp", "--callback", "a", "--callback", "b"],
        ["login", "wxapp", "--sandbox", "--sandbox"],
        ["login", "wxapp", "--browser", "--browser"],
        ["login", "wxapp", "--browser", "--code", "a"],
        ["login", "wxapp", "--code", "a", "--id-token", "b"],
        ["login", "wxapp", "--ticket", "a", "--nonce", "b"],
        ["login", "wxapp", "--sandbox", "--with", "a=b"],
        ["login", "wxapp", "--callback", "a", "--with", "a=b"],
        ["login", "wxapp", "--ticket", "a", "--with", "a"],
        ["login", "wxapp", "--ticket", "a", "--with", "=b"],
        ["login", "wxapp", "--ticket", "a", "--with", "a=b", "--with", "a=c"],
        ["login", "wxapp", "--code", "a", "--port", "1"],
        ["login", "wxapp", "--ticket", "a", "--no-open"],
        ["login", "wxapp", "--ticket", "a", "--wait", "5m"],
        ["login", "wxapp", "--browser", "--wait", "11m"],
        ["login", "wxapp", "--browser", "--wait", "soon"],
        ["login", "wxapp", "--browser", "--port", "65536"],
        ["login", "wxapp", "--ticket"],
        ["login", "wxapp", "--ticket", "a", "--include-token"],
        ["login", "wxapp", "--ticket", "a", "--format", "xml"],
        ["login", "wxapp", "--ticket", "a", "--log-level", "loud"],
        ["logout"],
        ["config", "frobnicate"],
        ["providers", "describe"],
        ["providers", "new"],
        ["providers", "new", "acme", "--directory"],
    ]

    @Test("ends with status 64 and says what is wrong on standard error", arguments: wrong)
    func usage(_ arguments: [String]) async throws {
        let outcome = try await BrokerProcess.run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(!outcome.error.isEmpty)
    }

    @Test(
        "is shown without characters that move the terminal's cursor",
        arguments: [
            ["\u{1B}[31mz"], ["login", "wxapp", "--log-level", "\u{1B}[31mz"],
            ["providers", "--config", "/nowhere/\u{1B}[31m\rz"],
            ["config", "check", "--config", "/nowhere/\u{1B}[31mz"],
        ])
    func terminal(_ arguments: [String]) async throws {
        let outcome = try await BrokerProcess.run(arguments)
        #expect(outcome.status != 0)
        #expect(outcome.error.contains(#"\u{1B}[31m"#))
        #expect(!outcome.error.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
    }

    @Test(
        "lets no argument begin a line",
        arguments: [
            ["x@"], ["--x@"], ["login", "wxapp", "--format", "x@"],
            ["login", "wxapp", "--ticket", "t", "--log-level=x@"],
            ["login", "x@", "--ticket", "t"], ["providers", "--config", "/nowhere/x@"],
            ["config", "check", "--config", "/nowhere/x@"], ["keys", "reseal", "--old", "x@", "--new", "env:A"],
            ["providers", "describe", "x@"], ["providers", "new", "acme", "--package", "x@"],
            ["providers", "new", "acme", "--package", "x://", "--directory", "/dev/null/x@"],
            ["sandbox", "--directory", "/dev/null/x@"],
        ],
        ["\n", "\u{202E}", "\u{2028}", "\u{1B}[2K\r", "\u{9B}2K"]
    )
    func line(_ arguments: [String], _ separator: String) async throws {
        for format in [[], ["--format=json"]] {
            let injected = arguments.map { $0.replacing("@", with: "\(separator)warning: forged") }
            let outcome = try await BrokerProcess.run(injected + format)
            #expect(outcome.status != 0)
            #expect(!outcome.error.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("warning: forged") })
            #expect(outcome.error.unicodeScalars.allSatisfy { $0.isPrintable || $0 == "\n" }, "\(outcome.error)")
        }
    }

    @Test(
        "repeats no value that could be a secret in the wrong place",
        arguments: [
            ["login", "wxapp", "--ticket", "-", "canary-ticket-0123456789"],
            ["login", "wxapp", "--tickets", "canary-ticket-0123456789"],
            ["login", "wxapp", "--tickets=canary-ticket-0123456789"],
            ["login", "wxapp", "--wait=canary-ticket-0123456789", "--browser"],
            ["login", "wxapp", "--ticket", "t", "--with", "canary"],
            ["login", "wxapp", "--ticket", "t", "--with", "=canary"],
            ["keys", "reseal", "--old", "canary-key-encryption-key-58d1f2ab", "--new", "env:A"],
            ["keys", "reseal", "--old", "env:A", "--new=canary-key-encryption-key-58d1f2ab"],
        ])
    func secrets(_ arguments: [String]) async throws {
        for format in [[], ["--format=json"]] {
            let outcome = try await BrokerProcess.run(arguments + format)
            #expect(outcome.status == 64)
            #expect(!outcome.error.isEmpty && !outcome.error.contains("canary"), "\(outcome.error)")
        }
    }

    @Test("is one line of JSON, the last on standard error, if JSON is requested", arguments: wrong)
    func json(_ arguments: [String]) async throws {
        guard !arguments.contains("xml") else { return }
        let outcome = try await BrokerProcess.run(Self.askingForJSON(arguments))
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.split(separator: "\n").count == 1)
        let failure = try #require(outcome.failure)
        #expect(failure["kind"] as? String == "usage")
        #expect(failure["credential"] as? String == "unused")
        #expect((failure["message"] as? String)?.isEmpty == false)
        #expect(failure.keys.sorted() == ["credential", "kind", "message", "provider", "retry_after", "upstream_code"])
    }

    /// Asks for JSON before the last argument, which may lack its value.
    private static func askingForJSON(_ arguments: [String]) -> [String] {
        arguments.contains("--include-token")
            ? arguments + ["--ticket", "b", "--format=json"] : ["--format=json"] + arguments
    }

    @Test(
        "requests JSON in either spelling, and the last option counts",
        arguments: [
            ([], OutputFormat.text), (["--format", "json"], .json), (["login", "--format=json"], .json),
            (["--format", "xml"], .text), (["--format"], .text), (["--format=json", "--format", "text"], .text),
            (["--", "--format", "json"], .text), (["--formats=json"], .text),
        ]
    )
    func format(_ arguments: [String], _ format: OutputFormat) {
        #expect(OutputFormat.requested(in: arguments) == format)
    }

    /// Every command, by its names.
    static let commands = [[]] + names(of: RootCommand.self, after: []) + [["sandbox"]]

    private static func names(of command: any ParsableCommand.Type, after parents: [String]) -> [[String]] {
        command.configuration.subcommands.flatMap { subcommand in
            let path = parents + [subcommand._commandName]
            return [path] + names(of: subcommand, after: path)
        }
    }

    @Test("has help, with an example for each command", arguments: commands)
    func help(_ command: [String]) async throws {
        let outcome = try await BrokerProcess.run(command + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.error.isEmpty)
        #expect(outcome.output.contains("Example"))
        #expect(outcome.output.contains("  broker \(command.joined(separator: " "))"))
    }

    @Test("shows help if it is empty")
    func empty() async throws {
        let outcome = try await BrokerProcess.run()
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("SUBCOMMANDS"))
    }

    @Test(
        "is what the kernel says it is",
        arguments: [
            ("broker\0", []), ("broker\0login\0wxapp\0", ["login", "wxapp"]), ("\0\0a\nb\0\0", ["", "a\nb", ""]),
            ("", nil), ("broker", nil),
        ]
    )
    func commandLine(_ text: String, arguments: [String]?) {
        #expect(ProcessArguments.arguments(in: Array(text.utf8)) == arguments)
    }

    @Test("is refused where no threads can be started, instead of waiting for one", .enabled(if: geteuid() == 0))
    func threads() async throws {
        // A user with no other process. Root's are not counted.
        let user = "setpriv --reuid=61234 --clear-groups prlimit --nproc=4"
        let outcome = try await BrokerProcess.shell(
            program: "exec \(user) \(BrokerProcess.path) providers types --format json", in: "/")
        #expect(outcome.status == 78, "\(outcome.error)")
        #expect(outcome.failure?["kind"] as? String == "misconfigured")
        #expect(outcome.error.contains("TasksMax"))
    }
}
