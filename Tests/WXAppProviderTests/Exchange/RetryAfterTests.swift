import HTTPTypes
import IdentityBroker
import Testing

@Suite("Retry-After")
struct RetryAfterTests {
    /// Values of the field on 27 February 2020 at 05:35:00 UTC, and the delays that they mean.
    static let table: [(String, Duration?)] = [
        ("0", .zero),
        ("17", .seconds(17)),
        ("Thu, 27 Feb 2020 05:35:30 GMT", .seconds(30)),
        ("Thu, 27 Feb 2020 05:34:30 GMT", .zero),
        ("Thu, 27 Feb 2021 05:35:30 GMT", .seconds(24 * 60 * 60)),
        ("86401", .seconds(24 * 60 * 60)),
        ("2147483647", .seconds(24 * 60 * 60)),
        ("99999999999999999999", nil),
        ("-1", nil),
        ("+1", nil),
        ("1.5", nil),
        ("soon", nil),
        ("", nil),
        ("Thu, 30 Feb 2020 05:35:30 GMT", nil),
        ("Thu, 27 Feb 2020 25:35:30 GMT", nil),
        ("Thu, 27 Feb 2020 05:35:30 CST", nil),
    ]

    @Test("is passed on with a rate limit, in seconds or as a date", arguments: table)
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
