import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@Suite("Retry-After")
struct RetryAfterTests {
    /// 27 February 2020 at 05:35:00 UTC.
    private static let now = Date(timeIntervalSince1970: 1_582_781_700)

    /// What the field says then, and how long that is.
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
        ("Thu, 27 Feb 2020 05:35 GMT", nil),
        ("Thu,  27 Feb 2020 05:35:30 GMT", nil),
        ("Thu, 27 feb 2020 05:35:30 GMT", nil),
    ]

    @Test("is a number of seconds or a date, and at most a day", arguments: table)
    func delay(field: String, delay: Duration?) {
        let response = UpstreamResponse(status: .tooManyRequests, headerFields: [.retryAfter: field])
        #expect(response.retryAfter(at: Self.now) == delay)
    }

    @Test("may be absent")
    func absent() {
        #expect(UpstreamResponse(status: .tooManyRequests).retryAfter(at: Self.now) == nil)
    }
}
