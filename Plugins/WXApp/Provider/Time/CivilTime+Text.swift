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
