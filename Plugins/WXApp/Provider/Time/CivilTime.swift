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
