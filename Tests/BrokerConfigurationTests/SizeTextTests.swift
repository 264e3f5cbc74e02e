import BrokerConfiguration
import Testing

@Suite("Sizes in configuration")
struct SizeTextTests {
    @Test(
        "A whole number with a unit is accepted",
        arguments: [("1B", 1), ("512B", 512), ("256KiB", 262_144), ("1MiB", 1_048_576), ("16MiB", 16_777_216)]
    )
    func reads(text: String, bytes: Int) {
        #expect(SizeText(text)?.bytes == bytes)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "512", "B", "512 B", " 1B", "1B ", "1KB", "1kib", "1K", "1MB", "1GiB", "0.5MiB", "-1B", "+1B", "08B",
            "1KiB1B", "9223372036854775807KiB", "99999999999999999999B",
        ]
    )
    func refuses(text: String) {
        #expect(SizeText(text) == nil)
    }

    @Test("Zero is accepted only if allowed")
    func zero() {
        #expect(SizeText("0B") == nil)
        #expect(SizeText("0B", allowingZero: true)?.bytes == 0)
    }
}
