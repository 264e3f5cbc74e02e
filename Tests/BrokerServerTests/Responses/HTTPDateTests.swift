import Foundation
import Testing

@testable import BrokerServer

@Suite("A time in HTTP")
struct HTTPDateTests {
    @Test(
        "is written in the preferred format",
        arguments: [
            (784_111_777.0, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_709_251_199.9, "Thu, 29 Feb 2024 23:59:59 GMT"),
        ]
    )
    func text(seconds: TimeInterval, expected: String) {
        #expect(HTTPDate.text(at: Date(timeIntervalSince1970: seconds)) == expected)
    }
}
