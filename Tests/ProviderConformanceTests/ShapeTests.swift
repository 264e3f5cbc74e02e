import BrokerTesting
import Testing

@Suite("Providers of other shapes")
struct ShapeTests {
    @Test(
        "conform: a redirect, and two requests, the first of which contains the code",
        arguments: ProviderConformance(RedirectFixture()).cases
    )
    func redirect(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }

    @Test("conform: an app's token beside the ticket", arguments: ProviderConformance(AppTokenFixture()).cases)
    func appToken(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }

    @Test("conform: no request at all", arguments: ProviderConformance(LocalFixture()).cases)
    func local(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }

    @Test("have cases that name omitted rules")
    func omissions() {
        let omitted = { (kit: ProviderConformance) in kit.cases.map(\.name).filter { $0.hasPrefix("omitted: ") } }
        #expect(
            omitted(ProviderConformance(RedirectFixture())) == ["omitted: people whom the upstream does not let in"])
        #expect(omitted(ProviderConformance(LocalFixture())) == ["omitted: rules about an upstream's answers"])
        #expect(omitted(ProviderConformance(ExemplarFixture())).isEmpty)
    }
}
