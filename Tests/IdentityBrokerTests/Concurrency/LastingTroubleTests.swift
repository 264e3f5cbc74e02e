import Testing

@testable import IdentityBroker

@Suite("Trouble that lasts")
struct LastingTroubleTests {
    private typealias Trouble = LastingTrouble<String>

    private static func news(_ looks: [(Int, String?)]) -> [Trouble.News?] {
        var trouble = Trouble()
        return looks.map { trouble.observe($0.1, at: .seconds($0.0)) }
    }

    @Test("is reported when it begins, once an hour while it lasts, and when it is over")
    func lasting() {
        let looks = [
            (0, nil), (2, "a"), (4, "a"), (3601, "a"), (3602, "a"), (7201, "a"), (7300, "a"), (7302, nil), (7304, nil),
        ]
        #expect(
            Self.news(looks) == [
                nil, .begun, nil, nil, .lasting(for: .seconds(3600)), nil,
                .lasting(for: .seconds(7298)), .over(after: .seconds(7300)), nil,
            ])
    }

    @Test("is reported again when it changes, and counts from its first beginning")
    func changed() {
        #expect(
            Self.news([(0, "a"), (10, "b"), (3605, "b"), (3610, "b"), (3620, nil), (3630, "b")]) == [
                .begun, .begun, nil, .lasting(for: .seconds(3610)), .over(after: .seconds(3620)), .begun,
            ])
    }

    @Test("is reported after a long time without a check")
    func late() {
        #expect(Self.news([(0, "a"), (86_400, "a"), (86_401, "a")]) == [.begun, .lasting(for: .seconds(86_400)), nil])
    }
}
