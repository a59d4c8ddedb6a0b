// Threads that each hold a melody model and answer lines. One is started when a line finds nobody free.
import { Worker } from 'node:worker_threads';

export class Crew {
  constructor(most, setup) {
    this.most = most;
    this.setup = setup;
    this.free = [];
    this.all = [];
    this.lines = [];
  }

  // Resolves to { lines, failed }: what to write for this line, and whether it is an error.
  answer(line, number) {
    return new Promise((resolve, reject) => {
      this.lines.push({ line, number, resolve, reject });
      this.deal();
    });
  }

  async leave() {
    await Promise.all(this.all.map((worker) => worker.terminate()));
  }

  deal() {
    while (this.lines.length) {
      const worker = this.free.pop() ?? (this.all.length < this.most ? this.hire() : null);
      if (!worker) return;
      worker.task = this.lines.shift();
      worker.postMessage({ line: worker.task.line, number: worker.task.number });
    }
  }

  hire() {
    const worker = new Worker(new URL('member.mjs', import.meta.url), { workerData: this.setup });
    worker.on('message', (answer) => {
      worker.task.resolve(answer);
      worker.task = null;
      this.free.push(worker);
      this.deal();
    });
    worker.on('error', (problem) => {
      worker.task?.reject(problem);
      for (const { reject } of this.lines.splice(0)) reject(problem);
    });
    this.all.push(worker);
    return worker;
  }
}
