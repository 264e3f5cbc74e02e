/// A date and a time of day as they are written, in the proleptic Gregorian calendar and without leap seconds.
struct CivilTime {
    var year = 0
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0
    var millisecond = 0
    /// How far the clock that shows this time is ahead of UTC.
    var offsetMinutes = 0

    /// Milliseconds since 1970 in UTC; nil for a day or an hour that does not exist.
    var millisecondsSince1970: Int64? {
        guard (1970...9999).contains(year), (1...12).contains(month), (1...daysInMonth).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (-14 * 60...14 * 60).contains(offsetMinutes)
        else { return nil }
        let minutes = ((daysSince1970 * 24 + hour) * 60) + minute - offsetMinutes
        return (Int64(minutes) * 60 + Int64(second)) * 1000 + Int64(millisecond)
    }

    private var isLeapYear: Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private var daysInMonth: Int {
        switch month {
        case 2: isLeapYear ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private var daysSince1970: Int {
        let yearsBefore = year - 1
        let leapDaysBefore = yearsBefore / 4 - yearsBefore / 100 + yearsBefore / 400
        let daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]
        let leapDay = isLeapYear && month > 2 ? 1 : 0
        // 719 162 days lie between the first day of the year 1 and the first of 1970.
        return yearsBefore * 365 + leapDaysBefore + daysBeforeMonth + leapDay + day - 1 - 719_162
    }
}

extension CivilTime {
    /// What a clock in UTC shows at that moment.
    init(millisecondsSince1970: Int64) {
        self.init()
        let millisecondsOfDay: Int64 = 24 * 60 * 60 * 1000
        var (days, rest) = millisecondsSince1970.quotientAndRemainder(dividingBy: millisecondsOfDay)
        if rest < 0 { (days, rest) = (days - 1, rest + millisecondsOfDay) }
        millisecond = Int(rest % 1000)
        second = Int(rest / 1000 % 60)
        minute = Int(rest / 60_000 % 60)
        hour = Int(rest / 3_600_000)
        setDate(daysSince1970: Int(days))
    }

    /// Counts in years that begin with March, so that the leap day comes last, and in cycles of 400 years, which are
    /// all alike.
    private mutating func setDate(daysSince1970: Int) {
        let daysOfCycle = 146_097
        // 719 468 days lie between the first of March of the year 0 and the first of January 1970.
        let (cycle, dayOfCycle) = (daysSince1970 + 719_468).quotientAndRemainder(dividingBy: daysOfCycle)
        let yearOfCycle =
            (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / (daysOfCycle - 1)) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        // From March on, the months have 31, 30, 31, 30, 31 days, repeatedly: 153 in five.
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
    }

    /// RFC 3339 with milliseconds, for a time in UTC.
    var text: String {
        var text = Array("0000-00-00T00:00:00.000Z".utf8)
        /// Writes a number so that its last digit is at that position.
        func write(_ number: Int, endingAt position: Int) {
            var (rest, position) = (number, position)
            while rest > 0 {
                text[position] += UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
                position -= 1
            }
        }
        write(year, endingAt: 3)
        write(month, endingAt: 6)
        write(day, endingAt: 9)
        write(hour, endingAt: 12)
        write(minute, endingAt: 15)
        write(second, endingAt: 18)
        write(millisecond, endingAt: 22)
        return String(decoding: text, as: UTF8.self)
    }
}

/// Reads the parts of a written time, one after the other. Every step consumes what it describes, or fails and consumes
/// nothing.
struct TimeScanner {
    private let text: [UInt8]
    private var position = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    var isAtEnd: Bool { position == text.count }

    /// Consumes this text.
    mutating func take(_ expected: StaticString) -> Bool {
        let length = expected.utf8CodeUnitCount
        guard text.count - position >= length else { return false }
        let isThere = expected.withUTF8Buffer { bytes in
            bytes.indices.allSatisfy { text[position + $0] == bytes[$0] }
        }
        if isThere { position += length }
        return isThere
    }

    /// Consumes exactly this many digits.
    mutating func number(digits count: Int) -> Int? {
        guard text.count - position >= count else { return nil }
        var number = 0
        for digit in text[position..<position + count] {
            guard Self.isDigit(digit) else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        position += count
        return number
    }

    /// Consumes all digits that follow, as a fraction of a second, and returns milliseconds. Needs at least one digit.
    mutating func thousandths() -> Int? {
        let start = position
        var thousandths = 0
        while position < text.count, Self.isDigit(text[position]) {
            if position < start + 3 { thousandths = thousandths * 10 + Int(text[position] - 0x30) }
            position += 1
        }
        switch position - start {
        case 0: return nil
        case 1: return thousandths * 100
        case 2: return thousandths * 10
        default: return thousandths
        }
    }

    /// Consumes one of these words and returns which.
    mutating func index(in words: [StaticString]) -> Int? {
        words.firstIndex { take($0) }
    }

    /// Consumes the rest if it begins and ends with these.
    mutating func takeRest(from first: String, to last: String) -> Bool {
        let rest = text[position...]
        guard rest.starts(with: first.utf8), rest.reversed().starts(with: last.utf8.reversed()) else { return false }
        position = text.count
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte)
    }
}
