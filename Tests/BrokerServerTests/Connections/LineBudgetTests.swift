import Testing

@testable import BrokerServer

@Suite("A budget of log lines")
struct LineBudgetTests {
    @Test("writes the first ones of each second, and counts the others")
    func budget() {
        var budget = LineBudget(linesPerSecond: 2)
        var written: [Bool] = []
        for time in [7_000, 7_001, 7_002, 7_500, 7_999, 8_000] { written.append(budget.take(at: .milliseconds(time))) }
        #expect(written == [true, true, false, false, false, true])
        let unwritten = [budget.takeUnwritten(), budget.takeUnwritten()]
        #expect(unwritten == [3, 0])
    }
}
