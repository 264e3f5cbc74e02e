import Foundation
import LoopbackServer
import Testing

@Suite("The metrics of a service", .timeLimit(.minutes(2)))
struct MetricsTests {
    @Test("Each has a type, and help that says more than its name, once")
    func explained() async throws {
        let workspace = try Workspace()
        let path = try workspace.configuration(
            document: """
                server:
                  listen: 127.0.0.1:\(ReservedPort().number)
                  keyEncryptionKey: { literal: canary-key-encryption-key-58d1f2ab }
                  limits: { drainDelay: 0s }
                clients:
                  app: { secret: { literal: canary-client-secret-77aa }, audiences: [https://api.example.com] }
                """)
        _ = try await ServiceProcess.run(path, logLevel: nil) { service in
            let client = ["--user", "app:canary-client-secret-77aa"]
            _ = try await service.curl("/oauth2/introspect", client + ["--data", "token=x"])
            let lines = try await service.curl("/metrics").body.split(separator: "\n")
            var (help, types) = ([Substring: Substring](), [Substring: Substring]())
            var names: Set<Substring> = []
            for line in lines {
                let words = line.split(separator: " ", maxSplits: 3)
                switch words.first {
                case "#" where words[1] == "HELP": #expect(help.updateValue(words[3], forKey: words[2]) == nil)
                case "#": #expect(types.updateValue(words[3], forKey: words[2]) == nil)
                default: names.insert(words[0].prefix { $0 != "{" })
                }
            }
            #expect(names.count > 15)
            for name in names {
                let family =
                    ["_bucket", "_sum", "_count"].lazy.filter { name.hasSuffix($0) }
                    .map { name.dropLast($0.count) }.first { types[$0] == "histogram" } ?? name
                #expect(types[family] != nil, "\(name)")
                #expect(help[family].map { $0 != family && $0.hasSuffix(".") } == true, "\(name)")
            }
        }
    }
}
