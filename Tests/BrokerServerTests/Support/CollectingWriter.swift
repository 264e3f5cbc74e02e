import Foundation
import HTTPTypes
import Hummingbird
import LoopbackServer
import NIOCore

/// Collects what a response writes.
struct CollectingWriter: ResponseBodyWriter {
    private let bytes = Monitor<[UInt8]>([])

    var data: Data { Data(bytes.snapshot) }

    mutating func write(_ buffer: ByteBuffer) async throws {
        bytes.withState { $0 += buffer.readableBytesView }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
