import BrokerTesting
import Testing

@Suite("The provider, like any other,")
struct ConformanceTests {
    @Test("conforms", arguments: ProviderConformance(WXAppFixture()).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}
