// The engine's latest report: framed for ui.wasm, and by name for window.arietta.telemetry().
import { Message, Telemetry, frameHeaderBytes, frameTypeOffset, telemetryBytes } from './constants.gen';

export class Report {
  // One frame of type telemetry, filled anew for every report.
  readonly frame = new Uint8Array(frameHeaderBytes + telemetryBytes);
  private readonly view = new DataView(this.frame.buffer, frameHeaderBytes);

  constructor() {
    const head = new DataView(this.frame.buffer);
    head.setUint32(0, this.frame.byteLength, true);
    head.setUint16(frameTypeOffset, Message.telemetry, true);
  }

  take(bytes: Uint8Array): void {
    this.frame.set(bytes.subarray(0, telemetryBytes), frameHeaderBytes);
  }

  named(): Record<string, number | number[]> {
    const view = this.view;
    const peakLeft = view.getFloat32(Telemetry.masterPeakLeft, true);
    const peakRight = view.getFloat32(Telemetry.masterPeakRight, true);
    const peak = Math.max(peakLeft, peakRight);
    return {
      peakLeft,
      peakRight,
      peakDb: peak > 0 ? 20 * Math.log10(peak) : -Infinity,
      voices: view.getUint32(Telemetry.voices, true),
      quanta: view.getUint32(Telemetry.quanta, true),
      tick: view.getFloat64(Telemetry.songTick, true),
      playing: view.getUint32(Telemetry.playing, true),
      faults: view.getUint32(Telemetry.faults, true),
      dropped: view.getUint32(Telemetry.dropped, true),
      memoryBytes: view.getUint32(Telemetry.memoryBytes, true),
      assetBytes: view.getUint32(Telemetry.assetBytes, true),
      momentaryLufs: view.getFloat32(Telemetry.masterMomentaryLufs, true),
      shortTermLufs: view.getFloat32(Telemetry.masterShortTermLufs, true),
      integratedLufs: view.getFloat32(Telemetry.masterIntegratedLufs, true),
      truePeakDbtp: view.getFloat32(Telemetry.masterTruePeakDbtp, true),
      correlation: view.getFloat32(Telemetry.masterCorrelation, true),
      limiterDb: view.getFloat32(Telemetry.limiterDb, true),
      audioMissed: view.getUint32(Telemetry.audioMissed, true),
      audioBlocks: view.getUint32(Telemetry.audioBlocks, true),
      planRevision: view.getUint32(Telemetry.planRevision, true),
    };
  }
}
