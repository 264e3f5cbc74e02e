import BrokerConfiguration
import Testing

@Suite("Durations in configuration")
struct DurationTextTests {
    @Test(
        "A whole number with a unit is accepted",
        arguments: [
            ("1ms", Duration.milliseconds(1)),
            ("250ms", .milliseconds(250)),
            ("10s", .seconds(10)),
            ("5m", .seconds(300)),
            ("24h", .seconds(86_400)),
        ]
    )
    func reads(text: String, duration: Duration) {
        #expect(DurationText(text)?.duration == duration)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "10", "s", "ms", "10 s", " 10s", "10s ", "1.5s", "-1s", "+1s", "1_000ms", "010s", "10S", "10sec",
            "10us",
            "1m30s", "1d", "１０s", "5\u{301}s", "0x10s", "9223372036854775807s", "99999999999999999999ms",
        ]
    )
    func refuses(text: String) {
        #expect(DurationText(text) == nil)
    }

    @Test("The longest duration that can be counted is accepted, and one more is refused")
    func bounds() {
        #expect(DurationText("9223372036854775807ms")?.duration == .milliseconds(Int64.max))
        #expect(DurationText("9223372036854775808ms") == nil)
    }

    @Test("Zero is accepted only if allowed")
    func zero() {
        #expect(DurationText("0s") == nil)
        #expect(DurationText("0s", allowingZero: true)?.duration == .zero)
        #expect(DurationText("00s", allowingZero: true) == nil)
    }
}
