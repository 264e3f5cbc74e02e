import Foundation
import Testing

@testable import WXAppProvider

@Suite("Times as GenAuth writes them")
struct UpstreamTimeTests {
    @Test(
        "are read in every form",
        arguments: [
            ("2020-02-27T05:33:20.796Z", "2020-02-27T05:33:20.796Z"),
            ("2020-02-27T05:30:55.875Z", "2020-02-27T05:30:55.875Z"),
            ("2020-02-27T05:33:20Z", "2020-02-27T05:33:20.000Z"),
            ("2020-02-27T05:33:20.7Z", "2020-02-27T05:33:20.700Z"),
            ("2020-02-27T05:33:20.7969999Z", "2020-02-27T05:33:20.796Z"),
            ("2020-10-19T16:21:02+08:00", "2020-10-19T08:21:02.000Z"),
            ("2020-10-19T16:21:02.001+0800", "2020-10-19T08:21:02.001Z"),
            ("2020-01-01T00:30:00+05:30", "2019-12-31T19:00:00.000Z"),
            ("2019-12-31T23:30:00-01:00", "2020-01-01T00:30:00.000Z"),
            ("2017-06-07T14:34:08.700", "2017-06-07T14:34:08.700Z"),
            ("2017-06-07 14:34:08", "2017-06-07T14:34:08.000Z"),
            ("Fri May 31 2019 08:48:07 GMT+0800 (CST)", "2019-05-31T00:48:07.000Z"),
            ("Fri May 31 2019 08:48:07 GMT+0000 (Coordinated Universal Time)", "2019-05-31T08:48:07.000Z"),
            ("Fri May 31 2019 08:48:07 GMT-0330", "2019-05-31T12:18:07.000Z"),
            ("2020-02-29T00:00:00Z", "2020-02-29T00:00:00.000Z"),
            ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"),
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"),
        ]
    )
    func read(text: String, expected: String) {
        #expect(UpstreamTime(text)?.text == expected)
    }

    @Test(
        "are not guessed",
        arguments: [
            "", "2020", "2020-02-27", "1582781600", "2020-02-30T00:00:00Z", "2021-02-29T00:00:00Z",
            "2100-02-29T00:00:00Z", "2020-13-01T00:00:00Z", "2020-00-01T00:00:00Z", "2020-01-00T00:00:00Z",
            "2020-04-31T00:00:00Z", "2020-01-01T24:00:00Z", "2020-01-01T00:60:00Z", "2020-01-01T00:00:60Z",
            "2020-01-01T00:00:00.Z", "2020-01-01T00:00:00ZZ", "2020-01-01T00:00:00+15:00", "2020-01-01T00:00:00+01:60",
            "2020-01-01T00:00:00 ", " 2020-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2020-1-1T00:00:00Z",
            "2020-01-01T0٠:00:00Z", "Fri May 31 2019 08:48:07", "Fri May 31 2019 08:48:07 CST",
            "Fri Mai 31 2019 08:48:07 GMT+0800", "Fri May 31 2019 08:48:07 GMT+0800 CST",
            "Fri May 31 2019 08:48:07 GMT+0800 (", "Fri Feb 30 2019 08:48:07 GMT+0800 (CST)",
        ]
    )
    func refused(text: String) {
        #expect(UpstreamTime(text) == nil)
    }

    @Test("are written as Foundation writes them, on every day until March 2100")
    func everyDayWritten() {
        let mistaken = (0..<47_560).filter { day in
            let seconds = day * 86_400 + day * 7 % 86_400
            let expected = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).dropLast() + ".007Z"
            return UpstreamTime(millisecondsSince1970: Int64(seconds) * 1000 + 7).text != expected
        }
        #expect(mistaken.isEmpty)
    }

    @Test("agree with Foundation on every day until March 2100")
    func everyDay() {
        let dates = (0..<47_560).map { Date(timeIntervalSince1970: Double($0) * 86_400) }
        let mistaken = dates.filter { date in UpstreamTime(date.formatted(.iso8601))?.date != date }
        #expect(mistaken.isEmpty)
    }
}
