#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A text that is searched for canaries.
struct Haystack: Sendable {
    private let text: [CChar]
    /// The numbers in the text that could be bytes: what a byte dump consists of.
    private let numbers: [CChar]

    init(_ text: String) {
        let bytes = Array(text.utf8)
        self.text = Self.searchable(bytes)
        numbers = Self.searchable(Self.numbers(in: bytes))
    }

    /// Everything that a value reveals of itself.
    init<Value>(renderingsOf value: Value) {
        var text = "\(value)\n\(String(reflecting: value))\n"
        debugPrint(value, to: &text)
        dump(value, to: &text)
        self.init(text)
    }

    func contains(_ needle: [UInt8]) -> Bool {
        strstr(text, Self.searchable(needle)) != nil
    }

    /// Whether these appear there as consecutive numbers.
    func containsNumbers(_ needle: [UInt8]) -> Bool {
        strstr(numbers, Self.searchable(needle)) != nil
    }

    /// The bytes as a C string. A NUL would end it, and no text that is searched for contains one.
    private static func searchable(_ bytes: [UInt8]) -> [CChar] {
        bytes.map { CChar(bitPattern: max($0, 1)) } + [0]
    }

    private static func numbers(in bytes: [UInt8]) -> [UInt8] {
        var numbers: [UInt8] = []
        var current: Int?
        for byte in bytes + [0] {
            if (0x30...0x39).contains(byte) {
                current = min((current ?? 0) * 10 + Int(byte - 0x30), Int(UInt16.max))
            } else if let number = current {
                if let byte = UInt8(exactly: number) { numbers.append(byte) }
                current = nil
            }
        }
        return numbers
    }
}
