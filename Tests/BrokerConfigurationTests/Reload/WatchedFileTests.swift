import BrokerConfiguration
import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@Suite("A watched configuration file", .timeLimit(.minutes(15)))
struct WatchedFileTests {
    private static let one = "version: 1\nproviders:\n  one: { type: redeeming }\n"
    private static let two = one + "  two: { type: redeeming }\n"

    @Test("never serves half of a file that is being written")
    func halfWritten() async throws {
        let bench = try ReloadBench(Self.two)
        try await bench.watching {
            for length in stride(from: 10, through: Self.two.count, by: 10) {
                try bench.write(String(Self.two.prefix(length)))
                try await bench.look()
                #expect(bench.broker.providers == ["one", "two"])
            }
            try bench.write(Self.two + "  three: { type: redeeming }\n")
            try await bench.look(2)
        }
        #expect(bench.broker.providers == ["one", "three", "two"])
        #expect(bench.reports == ["reloaded broker.providers.added=three"])
    }

    @Test("reports a broken file once, and again if it breaks differently")
    func broken() async throws {
        let bench = try ReloadBench(Self.one)
        try await bench.watching {
            try bench.write("version: 1\nproviders: []")
            try await bench.look(5)
            try bench.write("version: 2\nproviders: []")
            try await bench.look(5)
            #expect(bench.broker.providers == ["one"])
            try bench.write(Self.one)
            try await bench.look(5)
        }
        #expect(
            bench.reports == [
                #"["broker.yaml:2:12: Expected a mapping, found a list."]"#,
                #"["broker.yaml:1:10: This broker reads only version 1 of the configuration."]"#,
                "reloaded",
            ]
        )
    }

    @Test("says once an hour that a file is still broken")
    func lasting() async throws {
        let bench = try ReloadBench(Self.one)
        try await bench.watching {
            try bench.write("version: 1\nproviders: []")
            // The watcher looks every 2 seconds.
            try await bench.look(2 + 3_600)
            try bench.write(Self.one)
            try await bench.look(2)
        }
        let entries = bench.log.entries.filter { $0.message == "the configuration is still not applied in full" }
        #expect(entries.map { $0.metadata["broker.lasting_seconds"] } == ["3600", "7200"])
        #expect(entries.allSatisfy { $0.metadata["broker.configuration.problems"]?.contains("found a list") == true })
    }

    @Test("tolerates a file that is missing for a moment, and reports a lasting absence once")
    func absent() async throws {
        let bench = try ReloadBench(Self.one)
        try await bench.watching {
            try FileManager.default.removeItem(atPath: bench.path)
            try await bench.look()
            try bench.write(Self.two)
            try await bench.look(2)
            try FileManager.default.removeItem(atPath: bench.path)
            try await bench.look(5)
        }
        #expect(
            bench.reports == [
                "reloaded broker.providers.added=two",
                #"["broker.yaml: The file cannot be read: No such file or directory."]"#,
            ]
        )
        #expect(bench.broker.providers == ["one", "two"])
    }

    @Test("retries what failed because a secret appears later than the file")
    func lateSecret() async throws {
        let bench = try ReloadBench(Self.one)
        try await bench.watching {
            try bench.write("version: 1\nproviders: { one: { type: redeeming, settings: { secret: { env: LATE } } } }")
            try await bench.look(4)
            bench.set("LATE", to: "1234")
            try await bench.look()
        }
        #expect(
            bench.reports == [
                #"["broker.yaml:2:58: The environment variable LATE is not set. Set it to the secret."]"#,
                "reloaded broker.providers.changed=one",
            ]
        )
        #expect(try await bench.subject(of: "one") == "secret-4")
    }

    @Test(
        "applies a kill switch although a secret is missing, reports that once, and leaves the rest unchanged meanwhile"
    )
    func killSwitchWhileSecretIsMissing() async throws {
        let two = "version: 1\nproviders:\n  two: { type: redeeming, settings: { secret: { env: LATE } } }\n"
        let bench = try ReloadBench(two + "  one: { type: redeeming }\n", variables: ["LATE": "12"])
        try await bench.watching {
            bench.set("LATE", to: nil)
            try bench.write(two + "  one: { type: redeeming, enabled: false }\n")
            try await bench.look(5)
            #expect(!bench.broker.isEnabled("one"))
            #expect(try await bench.subject(of: "two") == "secret-2")
            bench.set("LATE", to: "1234")
            try await bench.look()
        }
        #expect(
            bench.reports == [
                "reloaded broker.providers.switched_off=one",
                #"["broker.yaml:3:47: The environment variable LATE is not set. Set it to the secret."]"#,
                "reloaded",
            ]
        )
        #expect(try await bench.subject(of: "two") == "secret-4")
    }

    @Test("takes a file that a setting names once two consecutive reads have seen the same in it")
    func halfWrittenDocument() async throws {
        let bench = try ReloadBench(Self.one)
        func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: "\(bench.folder)/more.yaml")) }
        try await bench.watching {
            try bench.write("version: 1\nproviders: { one: { type: redeeming, settings: { more: more.yaml } } }")
            try await bench.look(5)
            #expect(bench.reports.count == 1)
            try write("issuer: o")
            try await bench.look()
            try write("issuer: one")
            try await bench.look()
            #expect(bench.reports.count == 1)
            try await bench.look()
        }
        #expect(
            bench.reports == [
                #"["broker.yaml:2:56: The file more.yaml cannot be read: No such file or directory."]"#,
                "reloaded broker.providers.changed=one",
            ])
    }

    @Test("follows a file that is replaced")
    func renamed() async throws {
        let bench = try ReloadBench(Self.one)
        try await bench.watching {
            let draft = "\(bench.folder)/draft"
            try Data(Self.two.utf8).write(to: URL(filePath: draft))
            #expect(rename(draft, bench.path) == 0)
            try await bench.look(2)
        }
        #expect(bench.broker.providers == ["one", "two"])
    }

    @Test("follows a symbolic link to a directory that is swapped, as Kubernetes mounts a ConfigMap")
    func symbolicLink() async throws {
        let bench = try ReloadBench(Self.one, in: "data-1/broker.yaml")
        let (files, folder) = (FileManager.default, bench.folder)
        let second = "\(folder)/data-2"
        try files.createDirectory(atPath: second, withIntermediateDirectories: false)
        try Data(Self.two.utf8).write(to: URL(filePath: "\(second)/broker.yaml"))
        // The reloader knows the path `data-1/broker.yaml`: its folder is replaced by a link, and then the link is
        // swapped.
        try files.moveItem(atPath: "\(folder)/data-1", toPath: "\(folder)/data-0")
        try files.createSymbolicLink(atPath: "\(folder)/data-1", withDestinationPath: "data-0")
        try await bench.watching {
            try await bench.look(2)
            try files.createSymbolicLink(atPath: "\(folder)/swap", withDestinationPath: "data-2")
            #expect(rename("\(folder)/swap", "\(folder)/data-1") == 0)
            try await bench.look(2)
        }
        #expect(bench.reports == ["reloaded broker.providers.added=two"])
    }
}
