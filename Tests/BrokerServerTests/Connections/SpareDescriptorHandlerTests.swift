import Glibc
import NIOCore
import NIOEmbedded
import Testing

@testable import BrokerServer

@Suite("A listening socket")
final class SpareDescriptorHandlerTests {
    private var free = 1
    private var restCount = 0
    private let listener = EmbeddedChannel()

    init() throws {
        let handler = SpareDescriptorHandler(
            take: { [unowned self] in
                guard free > 0 else { return nil }
                free -= 1
                return 7
            },
            give: { [unowned self] _ in free += 1 },
            rest: { [unowned self] in restCount += 1 }
        )
        try listener.pipeline.syncOperations.addHandler(handler)
    }

    private func fail(_ code: CInt) {
        listener.pipeline.fireErrorCaught(IOError(errnoCode: code, reason: "accept"))
    }

    private func accept() throws -> EmbeddedChannel {
        let accepted = EmbeddedChannel(loop: listener.embeddedEventLoop)
        try accepted.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 2)).wait()
        listener.pipeline.fireChannelRead(NIOAny(accepted as any Channel))
        listener.embeddedEventLoop.run()
        return accepted
    }

    private func isPassedOn() throws -> Bool { try listener.readInbound(as: (any Channel).self) != nil }

    @Test("keeps one descriptor, and passes connections on")
    func ordinary() throws {
        #expect(free == 0)
        #expect(try accept().isActive)
        #expect(try isPassedOn())
    }

    @Test(
        "gives its spare descriptor up where none is left, and takes another connection only to close it",
        arguments: [EMFILE, ENFILE])
    func exhausted(code: CInt) throws {
        fail(code)
        #expect(free == 1)
        // The connection is accepted with it.
        free = 0
        let accepted = EmbeddedChannel(loop: listener.embeddedEventLoop)
        try accepted.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 2)).wait()
        accepted.closeFuture.whenComplete { [unowned self] _ in free += 1 }
        listener.pipeline.fireChannelRead(NIOAny(accepted as any Channel))
        listener.embeddedEventLoop.run()
        #expect(!accepted.isActive)
        #expect(try !isPassedOn())
        #expect(free == 0)
        #expect(try accept().isActive)
        #expect(try isPassedOn())
        #expect(restCount == 0)
    }

    @Test("rests where not even that helps")
    func rest() throws {
        fail(EMFILE)
        free = 0
        fail(EMFILE)
        fail(EMFILE)
        #expect(restCount == 2)
        free = 2
        #expect(try accept().isActive)
        #expect(try isPassedOn())
        #expect(free == 1)
    }

    @Test("passes other errors on")
    func others() {
        fail(ECONNABORTED)
        #expect(throws: IOError.self) { try listener.throwIfErrorCaught() }
    }
}
