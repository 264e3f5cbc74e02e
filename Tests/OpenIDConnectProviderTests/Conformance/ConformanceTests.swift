import BrokerTesting
import Testing

@Suite("The provider, as any other,")
struct ConformanceTests {
    @Test("conforms", arguments: ProviderConformance(OpenIDConnectFixture(asksUserInfo: true)).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }

    @Test(
        "conforms with claims in the ID token alone",
        arguments: ProviderConformance(OpenIDConnectFixture(asksUserInfo: false)).cases)
    func conformsWithoutUserInfo(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}
