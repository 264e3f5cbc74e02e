import NIOCore
import NIOEmbedded
import NIOSSL
import Testing

@testable import BrokerServer

@Suite("A client that closes its side of TLS")
struct HalfClosureTests {
    private let bench: ConnectionBench

    init() throws {
        bench = try ConnectionBench { channel in
            try channel.pipeline.syncOperations.addHandler(HalfClosureHandler())
        }
    }

    @Test("still gets its answers without close_notify")
    func unclean() throws {
        try bench.send(String(repeating: "GET /a HTTP/1.1\r\nHost: a\r\n\r\n", count: 3))
        bench.channel.pipeline.fireErrorCaught(NIOSSLError.uncleanShutdown)
        bench.endInput()
        // A reader of requests stops at an error.
        try bench.channel.throwIfErrorCaught()
        for _ in 1...3 {
            #expect(try bench.passedOn() == ["/a", "."])
            bench.answer()
            #expect(try bench.received().status == 200)
        }
    }

    @Test("is refused in the middle of a request as in clear text")
    func cutOff() throws {
        try bench.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx")
        bench.channel.pipeline.fireErrorCaught(NIOSSLError.uncleanShutdown)
        bench.endInput()
        #expect(throws: RequestRefusal.incomplete) { try bench.channel.throwIfErrorCaught() }
        #expect(try bench.received().status == 400)
    }

    @Test("causes other errors to be passed on")
    func others() throws {
        bench.channel.pipeline.fireErrorCaught(NIOSSLError.failedToLoadCertificate)
        #expect(throws: NIOSSLError.failedToLoadCertificate) { try bench.channel.throwIfErrorCaught() }
    }
}
