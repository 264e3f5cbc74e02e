import Testing

@testable import BrokerServer

@Suite("Incomplete requests")
struct IncompleteRequestsTests {
    @Test("are kept up to the overall limit")
    func limit() {
        var requests = IncompleteRequests(limit: 100)
        let (first, second) = (requests.begin(), requests.begin())
        #expect(requests.resize(first, to: 60) == [])
        #expect(requests.resize(second, to: 40) == [])
        #expect(requests.bytes == 100)
        #expect(requests.resize(first, to: 50) == [])
        #expect(requests.bytes == 90)
    }

    @Test("are given up if there are too many, oldest first")
    func oldest() {
        var requests = IncompleteRequests(limit: 100)
        let numbers = (0..<4).map { _ in requests.begin() }
        for number in numbers.dropLast() { #expect(requests.resize(number, to: 30) == []) }
        #expect(requests.resize(numbers[3], to: 60) == [numbers[0], numbers[1]])
        #expect(requests.bytes == 90 && requests.count == 2)
        #expect(requests.resize(numbers[0], to: 50) == [])
        #expect(requests.bytes == 90)
    }

    @Test("release their bytes when complete")
    func complete() {
        var requests = IncompleteRequests(limit: 100)
        let (first, second) = (requests.begin(), requests.begin())
        _ = requests.resize(first, to: 90)
        requests.end(first)
        #expect(requests.resize(second, to: 100) == [])
        requests.end(second)
        requests.end(second)
        #expect(requests.bytes == 0 && requests.count == 0)
    }

    @Test("are given up if one alone exceeds the limit")
    func tooLong() {
        var requests = IncompleteRequests(limit: 100)
        let number = requests.begin()
        #expect(requests.resize(number, to: 101) == [number])
        #expect(requests.bytes == 0)
    }

    @Test("leave nothing behind, however many there were")
    func many() {
        var requests = IncompleteRequests(limit: 100)
        let slow = requests.begin()
        _ = requests.resize(slow, to: 1)
        for _ in 0..<10_000 {
            let number = requests.begin()
            #expect(requests.resize(number, to: 50) == [])
            requests.end(number)
        }
        #expect(requests.bytes == 1 && requests.count == 1)
    }
}
