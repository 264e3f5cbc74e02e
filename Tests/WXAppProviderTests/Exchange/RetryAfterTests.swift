import HTTPTypes
import IdentityBroker
import Testing

@Suite("Retry-After")
struct RetryAfterTests {
    @Test(
        "is passed on with a rate limit, in seconds or as a date",
        arguments: [
            ("17", .seconds(17)), ("Thu, 27 Feb 2020 05:35:30 GMT", .seconds(30)), ("soon", nil),
        ] as [(String, Duration?)])
    func delay(field: String, delay: Duration?) async throws {
        for answer in [
            UpstreamResponse.text("", status: 429, headerFields: [.retryAfter: field]),
            try .json(["code": 2100], headerFields: [.retryAfter: field]),
        ] {
            let failure = await Scenario(answer: answer).failure()
            #expect(failure?.kind == .rateLimited)
            #expect(failure?.retryAfter == delay)
        }
    }

    @Test("may be absent")
    func absent() async {
        let failure = await Scenario(answer: .text("", status: 429)).failure()
        #expect(failure?.kind == .rateLimited)
        #expect(failure?.retryAfter == nil)
    }

    @Test("means nothing with another kind")
    func otherKind() async {
        let failure = await Scenario(answer: .text("", status: 404, headerFields: [.retryAfter: "5"])).failure()
        #expect(failure?.retryAfter == nil)
    }
}
