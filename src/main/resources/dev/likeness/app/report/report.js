(() => {
  'use strict';
  const figures = JSON.parse(document.getElementById('figures').textContent);
  const GREY = '#8a8f98', BLUE = '#3f7fd9', PALE = 'rgba(63, 127, 217, 0.18)', ORANGE = '#e07b2a';
  Object.assign(Chart.defaults, { animation: false, maintainAspectRatio: false, color: GREY });

  const line = (label, points, more) => ({ label, data: points, borderColor: BLUE, backgroundColor: BLUE,
    borderWidth: 2, pointRadius: 0, ...more });
  const draw = (id, title, datasets, { hidden = [], beginAtZero = false } = {}) => {
    const canvas = document.getElementById(id);
    if (!canvas) return;
    const axis = text => ({ type: 'linear', grid: { color: 'rgba(138, 143, 152, 0.25)' }, title: { display: true, text } });
    new Chart(canvas, { type: 'line', data: { datasets }, options: {
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      scales: { x: axis('step'), y: { ...axis(title), beginAtZero } },
      plugins: { legend: { labels: { boxWidth: 24, boxHeight: 6, filter: item => !hidden.includes(item.text) } } } } });
  };

  document.documentElement.classList.add('drawn');
  const of = name => figures.training.map(point => ({ x: point.step, y: point[name] }));
  draw('loss', 'loss', [
    line('smoothed', of('smoothed_loss'), { borderColor: ORANGE, backgroundColor: ORANGE }),
    line('loss', of('loss'), { borderWidth: 1, borderColor: PALE.replace('0.18', '0.55') })]);
  draw('rate', 'learning rate', [line('learning rate', of('learning_rate'))], { beginAtZero: true });

  for (const score of figures.scores) {
    const points = score.points, known = points.filter(point => point.low !== null);
    const datasets = [
      line('value', points.map(point => ({ x: point.step, y: point.value })), {
        pointRadius: points.map(point => point.step === figures.chosen ? 7 : 3),
        pointBackgroundColor: points.map(point => point.step === figures.chosen ? ORANGE : BLUE) }),
      line('low', known.map(point => ({ x: point.step, y: point.low })), { borderWidth: 0 }),
      line('95 % interval', known.map(point => ({ x: point.step, y: point.high })), {
        borderWidth: 0, backgroundColor: PALE, fill: '-1' })];
    if (score.reference !== null && points.length > 0) {
      const ends = [points[0].step, points[points.length - 1].step];
      datasets.push(line('real pictures', ends.map(step => ({ x: step, y: score.reference })), {
        borderColor: GREY, backgroundColor: GREY, borderDash: [6, 4], borderWidth: 1.5 }));
    }
    draw('score-' + score.metric, score.metric, datasets, { hidden: ['low'] });
  }
})();
