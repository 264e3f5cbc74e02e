import IdentityBroker
import Testing

@testable import BrokerConfiguration

@Suite("A retention")
struct RetentionAdviceTests {
    @Test(
        "is doubted if it is short, and ID tokens are taken",
        arguments: [
            ("id-token", "10m", true), ("id-token", "23h", true), ("id-token", "24h", false), ("plain", "10m", false),
        ])
    func advice(type: String, retention: String, isDoubted: Bool) throws {
        let text = """
            version: 1
            providers: { p: { type: \(type) } }
            stores: { kind: memory, retention: \(retention) }
            """
        let configuration = try Configuration(
            yaml: Array(text.utf8), file: "test.yaml", baseDirectory: "/etc/broker",
            providers: ProviderRegistry([PlainProvider.self, IDTokenProvider.self]), stores: StoreRegistry([.memory]))
        #expect(configuration.check().warnings.map(\.keyPath).contains("stores.retention") == isDoubted)
    }
}
