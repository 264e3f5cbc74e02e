import StrictJSON
import Testing

@Suite("Numbers")
struct NumberTests {
    private let reader = JSONReader()

    @Test(
        "are exact integers if they are integers in range, however written",
        arguments: [
            ("0", 0), ("-0", 0), ("7", 7), ("-7", -7),
            ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("20000000000000000000", nil),
            ("9007199254740993", 9_007_199_254_740_993),
            ("1.0", 1), ("-1.00", -1), ("0.0", 0), ("-0.0e5", 0), ("1.5", nil), ("0.1", nil), ("-0.5", nil),
            ("1e2", 100), ("1E+2", 100), ("-1e02", -100), ("1.25e2", 125), ("1.25e1", nil),
            ("100e-2", 1), ("150e-2", nil), ("1e-1", nil), ("10e-1", 1), ("0e-9", 0), ("0.001e3", 1),
            ("1e18", 1_000_000_000_000_000_000), ("1e19", nil),
            ("922337203685477580.7e1", .max), ("922337203685477580.8e1", nil), ("-92233720368547758080e-1", .min),
            ("0e99999999999999999999", 0), ("1e99999999999999999999", nil), ("1e-99999999999999999999", nil),
            ("1e9223372036854775807", nil), ("1e-9223372036854775808", nil), ("1.5e-9223372036854775808", nil),
        ] as [(String, Int64?)])
    func integer(_ literal: String, _ expected: Int64?) throws {
        #expect(try reader.read(literal.utf8).int64 == expected)
    }

    @Test(
        "are the nearest Double, if that is finite",
        arguments: [
            ("0", 0), ("1.5", 1.5), ("-2.5e-3", -0.0025), ("1e2", 100), ("9007199254740993", 9_007_199_254_740_992),
            ("1.7976931348623157e308", .greatestFiniteMagnitude), ("1e309", nil), ("-1e309", nil), ("1e-400", 0),
        ] as [(String, Double?)])
    func double(_ literal: String, _ expected: Double?) throws {
        #expect(try reader.read(literal.utf8).double == expected)
    }

    @Test("keep the sign of zero as a Double")
    func negativeZero() throws {
        let zero = try #require(try reader.read("-0".utf8).double)
        #expect(zero == 0)
        #expect(zero.sign == .minus)
    }

    @Test("keep the text they were written with", arguments: ["-0", "1E+02", "0.10", "20000000000000000000", "1e999"])
    func literal(_ literal: String) throws {
        #expect(try reader.read("[ \(literal) ]".utf8).array?.first?.number?.literal == literal)
    }

    @Test("may be very long without harm", .timeLimit(.minutes(15)))
    func greatLength() throws {
        let zeros = String(repeating: "0", count: 200_000)
        #expect(try reader.read("1\(zeros)".utf8).int64 == nil)
        #expect(try reader.read("1\(zeros)".utf8).double == nil)
        #expect(try reader.read("1\(zeros)e-200000".utf8).int64 == 1)
        #expect(try reader.read("1\(zeros)e-200000".utf8).double == 1)
        #expect(try reader.read("0.\(zeros)1e200001".utf8).int64 == 1)
        #expect(try reader.read("1e\(zeros)2".utf8).int64 == 100)
    }

    @Test(
        "are refused if a digit is missing or superfluous",
        arguments: [
            ("01", 1), ("-01", 2), ("00", 1), ("-x", 1), ("1.x", 2), ("1.e1", 2), ("1ex", 2), ("1e+x", 3), ("-.5", 1),
        ])
    func malformed(_ literal: String, offset: Int) {
        let error = reader.refusal(of: literal)
        #expect(error?.code == .invalidNumber)
        #expect(error?.offset == offset)
    }

    @Test("are equal when they are written alike")
    func equality() throws {
        #expect(try reader.read("1.0".utf8) == reader.read("1.0".utf8))
        #expect(try reader.read("1.0".utf8) != reader.read("1".utf8))
    }
}
