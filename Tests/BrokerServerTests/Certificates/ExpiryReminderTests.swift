import Foundation
import Testing

@testable import BrokerServer

@Suite("The end of a certificate")
struct ExpiryReminderTests {
    private let end = Date(timeIntervalSince1970: 2_000_000_000)
    private let day: TimeInterval = 24 * 60 * 60

    private var validity: CertificateValidity {
        CertificateValidity(begin: end.addingTimeInterval(-90 * day), end: end)
    }

    @Test("causes a warning once a day from two weeks before, and after it")
    func daily() {
        var reminder = ExpiryReminder()
        var warnings: [Int] = []
        for hour in stride(from: -20 * 24, through: 2 * 24, by: 1) {
            let now = end.addingTimeInterval(Double(hour) * 3600)
            if reminder.isDue(for: validity, at: now) { warnings.append(hour) }
        }
        #expect(warnings == Array(stride(from: -14 * 24, through: 2 * 24, by: 24)))
    }

    @Test("causes a new warning for another certificate, and after the clock was set back")
    func anew() {
        var reminder = ExpiryReminder()
        let now = end.addingTimeInterval(-day)
        let next = CertificateValidity(begin: validity.begin, end: end.addingTimeInterval(day))
        let renewed = CertificateValidity(begin: end, end: end.addingTimeInterval(90 * day))
        let looks: [(CertificateValidity, TimeInterval, Bool)] = [
            (validity, 0, true), (validity, 60, false), (next, 60, true), (next, -3600, true), (renewed, 120, false),
        ]
        for (validity, seconds, isDue) in looks {
            let isWarned = reminder.isDue(for: validity, at: now.addingTimeInterval(seconds))
            #expect(isWarned == isDue, "\(seconds)")
        }
    }

    @Test("decides together with its beginning whether it is valid")
    func standing() {
        #expect(validity.standing(at: validity.begin.addingTimeInterval(-1)) == .notYetValid)
        #expect(validity.standing(at: validity.begin) == .valid)
        #expect(validity.standing(at: end) == .valid)
        #expect(validity.standing(at: end.addingTimeInterval(1)) == .expired)
    }
}
