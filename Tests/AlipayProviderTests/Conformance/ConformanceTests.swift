import BrokerTesting
import Testing

@Suite("The provider of Alipay, like any other,")
struct ConformanceTests {
    @Test("conforms", arguments: ProviderConformance(AlipayFixture(.publicKey), patience: .seconds(300)).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }

    @Test(
        "conforms in certificate mode",
        arguments: ProviderConformance(AlipayFixture(.certificates), patience: .seconds(300)).cases)
    func conformsWithCertificates(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}
